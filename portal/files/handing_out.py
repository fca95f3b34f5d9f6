"""Making a workbook that runs nothing, and handing it out."""

from django.http import FileResponse

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
# Options of XlsxWriter. What somebody typed stays a text: no formula (CWE-1236), link or number is made of it
INERT = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}


def workbook_answer(file, name: str) -> FileResponse:
    """An open workbook to take away, called `name` with its ending; the response closes it."""
    response = FileResponse(file, as_attachment=True, filename=name, content_type=XLSX)
    # It is a ZIP already: to pack it once more would only cost time and its length.
    response.headers["Content-Encoding"] = "identity"
    return response
