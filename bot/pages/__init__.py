"""The pages that open outside Slack: a web server of its own, behind a proxy that ends TLS."""
