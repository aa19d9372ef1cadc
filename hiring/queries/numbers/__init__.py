"""What the hiring side measures: the funnel, who comes, how long it takes, where good ones are."""
