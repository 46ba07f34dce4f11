"""The pages in a browser: what is read is HTML from templates, what is pressed is NiceGUI."""
