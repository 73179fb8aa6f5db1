"""The documentation as a site. Nothing in the pages loads from another machine."""

from commonground import __version__

project = "Common Ground"
copyright = "The Common Ground developers"
release = version = __version__

extensions = ["myst_parser", "sphinx.ext.autodoc", "sphinx.ext.napoleon"]
exclude_patterns = ["_build"]
source_suffix = {".md": "markdown"}

myst_enable_extensions = ["deflist", "colon_fence"]
myst_heading_anchors = 4

default_role = "code"  # `word` in a docstring is code, as in Markdown

html_theme = "furo"
html_title = "Common Ground"
html_show_sourcelink = False
html_copy_source = False
html_show_sphinx = False

autodoc_member_order = "bysource"
autodoc_typehints = "signature"
autodoc_default_options = {"members": True, "show-inheritance": False}
napoleon_google_docstring = False
napoleon_use_ivar = True
napoleon_use_rtype = False
add_module_names = False
python_use_unqualified_type_names = True

# Words like "tasks" in the type of a parameter are looked up as names and found more than once; they are prose.
suppress_warnings = ["ref.python"]
