"""The desk's part of the OpenAPI document, and the document as a whole."""
