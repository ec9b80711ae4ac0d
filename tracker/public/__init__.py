"""The public tower: what readers get. It knows public shapes and values, no table and no desk."""
