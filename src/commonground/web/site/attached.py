"""The WSGI application for `commonground serve`: like `web.wsgi`, and it ends when `serve` ends."""

from commonground.web.site.processes import end_with_parent, leave_at_once
from commonground.web.wsgi import application

__all__ = ["application"]

end_with_parent()
leave_at_once()
