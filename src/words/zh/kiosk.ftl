# What the touch screen says.
