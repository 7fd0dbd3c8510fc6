"""The measures of accuracy, a module for each field. Each has `rows(data, half)`."""
