"""What lies between two days: of lists, of general licenses, of deadlines, of documents."""

from monitor.between.deadlines import deadlines_between
from monitor.between.licenses import licenses_between
from monitor.between.lists import explained, list_between

__all__ = ["deadlines_between", "explained", "licenses_between", "list_between"]
