"""What lies between two days: of lists, of general licenses, of deadlines, of documents."""

from monitor.report.between.deadlines import deadlines_between
from monitor.report.between.licenses import licenses_between
from monitor.report.between.lists import explained, list_between

__all__ = ["deadlines_between", "explained", "licenses_between", "list_between"]
