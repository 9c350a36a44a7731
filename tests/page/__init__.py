"""The HTML page in headless Chromium."""
