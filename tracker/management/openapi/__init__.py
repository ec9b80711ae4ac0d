"""The API's OpenAPI document with its examples, and the page over it.

The examples are answers of a new tracker that holds the first dataset, and is thrown away.
"""
