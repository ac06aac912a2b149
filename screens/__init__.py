"""The terminal screens: what HR and managers see and type, over one desk."""
