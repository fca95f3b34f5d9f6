"""Models of the registry as communes enter them."""

from datetime import date
from uuid import uuid4

from models_registry import actions
from models_registry.models import ModelType
from portal.units.models import ResidentialArea
from tests.factories.user import commune

SINCE = date(2025, 9, 1)


def model_type(name="Camera với an ninh trật tự", province=None, **fields):
    """A type of the nation, or of a province."""
    return ModelType.objects.get_or_create(name=name, province=province, defaults=fields)[0]


def area(name="5", unit=None):
    """Tổ dân phố 5 of Phường Thành Sen, unless said otherwise."""
    unit = unit or commune()
    return ResidentialArea.objects.get_or_create(
        unit=unit, kind="Tổ dân phố", name=name, valid_from=unit.valid_from
    )[0]


def new_model(by, *, on=SINCE, status="active", unit=None, areas=(), owners=(), points=None, **fields):
    """A model that `by` has entered, with its first step."""
    data = {"type": fields.pop("type", None) or model_type(), "unit": unit or commune()}
    data |= {"name": "Camera an ninh Tổ dân phố Hòa Bình"} | fields
    model, _ = actions.create_model(
        data=data,
        status=status,
        on=on,
        reason="Quyết định thành lập của Ủy ban nhân dân phường",
        by=by,
        token=uuid4(),
        areas=areas,
        owners=owners,
        reading={"points": points},
    )
    return model


def step(model, status, on, by):
    return actions.take_step(model=model, status=status, on=on, reason="Theo kết quả đánh giá", by=by)
