"""Settings for the published site: those of the sample site, and the address that it has."""

from pelicanconf import *  # noqa: F403  the same site

# With an address the reports name it in their canonical links, e.g. "https://cx.example.org".
SITEURL = ""
