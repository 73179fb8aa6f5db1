"""What pages of item development need in their templates."""
