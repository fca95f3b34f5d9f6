"""The proof that a redacted report is still the one that was confirmed: a chain of hashes."""

from hashlib import sha256

from django.db.models import Q

from portal.secrecy.tombstones import Takedown
from reports.models import Redaction, Report, Snapshot


def chain_of(snapshot: Snapshot) -> list[Redaction]:
    """The redactions of a bound content, the oldest first."""
    return list(snapshot.redactions.select_related("takedown").order_by("pk"))


def faults_of(snapshot: Snapshot) -> list[str]:
    """What does not fit of content, hash, chain and confirmations. Empty when all is proven."""
    faults, chain = [], chain_of(snapshot)
    if sha256(bytes(snapshot.content)).hexdigest() != snapshot.sha256:
        faults.append("the content has another hash than its row says")
    hashes = [*(link.sha256_before for link in chain), snapshot.sha256]
    if any(link.sha256_after != after for link, after in zip(chain, hashes[1:], strict=True)):
        faults.append("the chain of redactions is broken")
    confirmed = set(snapshot.confirmations.values_list("sha256", flat=True))
    if confirmed - set(hashes):
        faults.append("a confirmation binds a hash that is not in the chain")
    return faults


def takedowns_of(report: Report) -> list[Takedown]:
    """For the report's page: when, by which role, on which ground words of it were taken down."""
    redacted = Redaction.objects.filter(snapshot__report=report).values("takedown")
    found = Takedown.objects.filter(Q(place="report", subject=report.pk) | Q(pk__in=redacted))
    return list(found.order_by("at"))
