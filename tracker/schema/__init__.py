"""What records are in public, declared once: shapes, filters, orders. It knows no model."""
