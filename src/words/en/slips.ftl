# What stands on paper.
slip-loan-title = Loan slip
slip-lent-at = Borrowed
slip-due = Please return by
slip-deposit = Deposit
slip-number = Number
slip-how-to-return = Scan this or the tag to return
slip-thanks = Thank you, goodbye
slip-pack-title = Fall-back pack
slip-pack-at = Printed at
slip-pack-inside = Visitors inside
slip-pack-keys = Keys
slip-pack-out = Things out
slip-pack-mail = Mail waiting
