"""The widgets of bpviz's chrome: one small file each, all dressed by a `ThemeSource`."""
