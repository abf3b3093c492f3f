// Package schedule has this computer check every connector once a day, by what its system has: a systemd user timer, or else cron; Windows'
// Task Scheduler; launchd.
//
// [Scheduler.Plan] tells exactly what [Scheduler.Install] would write where, and which commands it would run after that; everything is written by encoders.
// The program is called by a path that stays, and never from a folder that is temporary or that everybody can write to: the schedule runs with the
// rights of this account. [Scheduler.Status] compares what is there with what the plan would write, and asks the system whether it is really followed.
package schedule
