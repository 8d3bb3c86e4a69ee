"""The dashboard: pages for people who read changes, run installations and set up sources. Ring 3.

    browser -> doorkeeper (who asks, may he, is the form ours) -> a page's function -> storage -> template

Pages are rendered on the server and can be read without JavaScript; htmx spares reloads, nothing more. What the pages
show comes from strangers' websites: templates escape all of it, and the browser is told to run nothing but our files.
"""
