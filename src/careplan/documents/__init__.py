"""What people read: a plan as a document for the team and for the person, in several formats."""

from careplan.documents.environment import template_root
from careplan.documents.markup import Format
from careplan.documents.pdf import PdfError
from careplan.documents.rendering import Document, DocumentError, render

__all__ = ["Document", "DocumentError", "Format", "PdfError", "render", "template_root"]
