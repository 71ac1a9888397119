# Visitors.
visit-slip-title = Visitor's slip
visit-slip-came = Came
visit-slip-host = Visiting
visit-slip-company = Company
visit-slip-room = Room
visit-slip-how-to-leave = Scan this to sign out when you leave. Goodbye
visit-roll-title = Roll call
visit-roll-at = Printed
visit-roll-count = Inside
