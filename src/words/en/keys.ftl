# Keys: papers, and words for where a key is.
slip-key-report-title = Report of a lost or damaged key
slip-key-harm = What happened
slip-key-what = What is wrong
slip-key-reported = Reported
slip-key-holder = Held by
slip-key-re-key = Change the lock
slip-key-copy = Make a copy
slip-key-charge = Charge
slip-key-supervisor = Supervisor
slip-key-map-title = Hook list
slip-key-map-at = Printed
slip-key-out-until = Out until { $time }
key-harm-lost = Lost
key-harm-damaged = Damaged
key-state-on-hook = On its hook
key-state-out = Out
key-state-lost = Lost
key-state-turned-up = Found, not on its hook yet
key-state-damaged = Damaged
key-state-retired = No longer used

# Keys at the touch screen.
yes = Yes
no = No
place-keys = Keys
take-key = Take a key
take-key-how = Back the same day
key-choose = Which key?
key-choose-detail = Tags show the hook only
key-none = There is no key for you to take right now
key-none-why = Those you may take are not on their hooks. Please come back later, or ask the key keeper.
key-master = Master key · two people tap a card
key-sealed-spare = Sealed spare key · two people tap a card
key-pieces = { $count ->
    [one] 1 key
   *[other] A set of { $count } keys
}
key-purpose = What for?
key-only-emergency = No keys are given at this time, except in an emergency
key-for-order = Work order
key-for-inspection = Inspection
key-for-repair = Repair
key-for-cleaning = Cleaning
key-for-viewing = Showing a room
key-for-emergency = Emergency
key-order = Work order { $number }
key-order-title = Work order number
key-order-detail = Please type the number on the work order, or scan its bar code
key-contractor-title = Which contractor are you accompanying?
key-contractor-detail = Type a name; you sign for the key and stay with them
key-confirm = Please confirm
key-hook = Hook
key-responsible = You keep the key yourself and bring it back today.
key-emergency-until = Please return it by { $when }. The key keeper will be told.
key-goes-along = You accompany { $name } and answer for the key.
key-contractor-choose = Signed in now; you sign for the key and stay with them
key-contractor-another = Somebody else
key-contractor-gone = This contractor has signed out.
key-contractor-gone-next = Please ask them to sign in again, then take the key.
key-with-contractor = I am accompanying a contractor
key-second = Please have a second person tap a card
key-second-detail = The key keeper or the supervisor taps a card.
key-second-within = { $count ->
    [one] Tap within one second.
   *[other] Tap within { $count } seconds.
}
key-taken = Please take the key
key-taken-detail = Take it from this hook
key-go-along = Please stay with the contractor.
key-checklist = Please confirm each point
key-point-power-off = Power is off
key-point-windows = Windows are shut
key-point-doors = Doors are shut
key-point-locked = The unit is locked
key-point-whole = All keys are here and undamaged
key-points-left = { $count ->
    [one] 1 point is still open
   *[other] { $count } points are still open
}
key-give-back = Return the key
key-returned = The key is back, thank you
key-returned-detail = Please hang it on this hook
key-to-desk = Please give the key to the front desk
key-returned-to-desk = It is back, thank you. Please do not hang it on its hook.
key-turned-up = Thank you, this key was missing.
key-will-look = What was not confirmed is noted; somebody will see to it.
key-refused = Sorry, this key cannot be taken
key-not-returned = Sorry, nothing was returned
key-ask-keeper = Please ask the key keeper.
key-at-desk = Please tap your card at the front desk.
key-not-staff = Only property staff take keys; a contractor goes with a member of staff.
key-not-granted = You may not take the key for hook { $hook }.
key-unknown-tag = This tag is no longer used, or belongs to no key of this building.
key-already-out = The key for hook { $hook } is out until { $when }.
key-already-out-next = Please wait until it is back; if it is urgent, ask the key keeper.
key-not-there = { $state }: the key for hook { $hook } cannot be taken now.
key-curfew = No keys are given at this time; none stays out overnight.
key-curfew-next = Keys are given again from { $when }.
key-second-missing = Time ran out. Second person, please tap your card now.
key-same-person = The second person has to be somebody else. Please tap another card.
key-second-may-not = This person may not confirm it. Please ask somebody else.
key-tag-typed = A typed number does not show that the key is here.
key-tag-typed-next = Please hold its tag up to the scanner. If it cannot be read, tap your card first, or hand the key in at the front desk.
key-contractor-unknown = This contractor has to sign in first.
key-contractor-unknown-next = Please have them sign in at the front desk, then take the key with them.
key-not-out = The key for hook { $hook } is not out.
