# What stands on paper.
slip-loan-title = Loan slip
slip-lent-at = Borrowed
slip-due = Please return by
slip-deposit = Deposit
slip-number = Number
slip-how-to-return = To return, scan this code or the tag at the touch screen
slip-thanks = Thank you, goodbye
