"""Pages of the web, read: an article, or a list of stories."""
