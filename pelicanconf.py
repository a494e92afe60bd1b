"""Settings of the sample site; run through ``cx-maturity build``, which checks the files first."""

SITENAME = "CX Maturity"
SITEURL = ""
DEFAULT_LANG = "en"
TIMEZONE = "UTC"

PATH = "content"
THEME = "theme"
PLUGINS = ["cx_maturity.generator"]
PLUGIN_PATHS = ["plugins"]

# Links work at any address and from the file system, so every one names its file.
RELATIVE_URLS = True
ARTICLE_PATHS = ["articles"]
ARTICLE_URL = ARTICLE_SAVE_AS = "articles/{slug}/index.html"
PAGE_PATHS = ["pages"]
PAGE_URL = PAGE_SAVE_AS = "guides/{slug}/index.html"
STATIC_PATHS: list[str] = []

# No dates from a clock, no pages that the theme does not have.
DEFAULT_PAGINATION = False
DIRECT_TEMPLATES = ["index"]
AUTHOR_SAVE_AS = CATEGORY_SAVE_AS = TAG_SAVE_AS = ""
FEED_ALL_ATOM = CATEGORY_FEED_ATOM = TRANSLATION_FEED_ATOM = None
AUTHOR_FEED_ATOM = AUTHOR_FEED_RSS = None
USE_FOLDER_AS_CATEGORY = False
