// Package wizard is the pure state machine of the whole program.
//
// [Machine.Next] takes a [State] and an [Event] and returns the next State and the [Effect]s that it calls for. It has no clock,
// network, disk or widget: what takes time or can fail is an Effect, which package runner performs, and its outcome comes back as an
// Event. Work under way has a number ([Work]); an outcome with another number than the newest is dropped. Why a page can't be left, or
// a consent can't be started, is a [Reason].
package wizard
