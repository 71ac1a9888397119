//! Serial devices of a lobby, without a lobby.
