"""Documents for an audience, made from what that audience may see."""
