"""How everything looks: colours, fonts, icons, scale, and Qt's own style."""
