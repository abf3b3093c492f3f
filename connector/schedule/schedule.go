package schedule

import (
	"context"
	"errors"
	"slices"

	"partner-center-connector/connector"
)

// Config configures a Scheduler.
type Config struct {
	// ConfigDir and CloudsFile are passed on to the program, as absolute paths; empty for those that it takes by itself.
	ConfigDir, CloudsFile string
	// LastRun returns what came of the last run of the schedule.
	LastRun func() (connector.ScheduledRun, error)
	// Program is the program that is called; empty for this one's pcc, which has to be in a fit place.
	Program string
}

// Scheduler is connector.Schedules with what this computer has.
type Scheduler struct {
	config Config
	host   host
}

var _ connector.Schedules = (*Scheduler)(nil)

// New makes a Scheduler.
func New(c Config) *Scheduler { return &Scheduler{config: c, host: thisHost()} }

// way is what of a system calls a program at a time.
type way interface {
	kind() connector.ScheduleKind
	// usable reports whether the system has it.
	usable(ctx context.Context) bool
	// plan is what calls a command line every day.
	plan(argv []string) (connector.SchedulePlan, error)
	// present are the parts that are there; none where nothing is.
	present(ctx context.Context) ([]connector.SchedulePart, error)
	// same reports whether a part is what was planned.
	same(planned, found connector.SchedulePart) bool
	// followed fills in whether the system follows what is there, and when it does next.
	followed(ctx context.Context, s *connector.Schedule)
	install(ctx context.Context, plan connector.SchedulePlan) error
	// remove undoes it; what is not there is no error.
	remove(ctx context.Context) error
}

// ways are those of the host, the one that is preferred first.
func (s *Scheduler) ways() []way { return s.host.ways(s.host) }

// Plan implements connector.Schedules.
func (s *Scheduler) Plan(ctx context.Context) (connector.SchedulePlan, error) {
	argv, err := s.argv()
	if err != nil {
		return connector.SchedulePlan{}, err
	}
	for _, w := range s.ways() {
		if w.usable(ctx) {
			return planned(w, argv)
		}
	}
	return connector.SchedulePlan{}, connector.ErrNoScheduler
}

// planned is the plan of a way. Every keychain is locked, or out of reach, while nobody is signed in.
func planned(w way, argv []string) (connector.SchedulePlan, error) {
	plan, err := w.plan(argv)
	plan.Kind, plan.Program, plan.DesktopOnly, plan.Versioned = w.kind(), argv[0], true, isVersioned(argv[0])
	return plan, err
}

// argv is the command line that the schedule calls. Its last flag tells the program so.
func (s *Scheduler) argv() ([]string, error) {
	program := s.config.Program
	if program == "" {
		var err error
		if program, err = s.host.program(); err != nil {
			return nil, err
		}
	}
	argv := []string{program, "check", "--all", "--quiet", "--if-older", "20h", "--scheduled"}
	if s.config.ConfigDir != "" {
		argv = append(argv, "--config-dir", s.config.ConfigDir)
	}
	if s.config.CloudsFile != "" {
		argv = append(argv, "--clouds", s.config.CloudsFile)
	}
	if i := slices.IndexFunc(argv, hasControl); i >= 0 {
		return nil, &connector.UnfitProgramError{Program: argv[i]}
	}
	return argv, nil
}

// Status implements connector.Schedules. That the record of the last run can't be read is no reason to hide the schedule; the next run writes it again.
func (s *Scheduler) Status(ctx context.Context) (connector.Schedule, error) {
	status := connector.Schedule{}
	last, err := s.config.LastRun()
	if status.LastNewer = errors.Is(err, connector.ErrListNewer); err == nil {
		status.Last = last
	}
	for _, w := range s.ways() {
		found, err := w.present(ctx)
		if err != nil {
			return status, err
		}
		if len(found) > 0 {
			status.Kind, status.Installed, status.Changed = w.kind(), true, s.changed(w, found)
			w.followed(ctx, &status)
			return status, nil
		}
	}
	for _, w := range s.ways() {
		if status.Kind == connector.ScheduleNone && w.usable(ctx) {
			status.Kind = w.kind()
		}
	}
	return status, nil
}

// changed are the places where something else is than what would be written. A program that could not be scheduled itself has nothing to compare
// with.
func (s *Scheduler) changed(w way, found []connector.SchedulePart) []string {
	argv, err := s.argv()
	if err != nil {
		return nil
	}
	plan, err := planned(w, argv)
	if err != nil {
		return nil
	}
	places := []string{}
	for _, part := range plan.Parts {
		i := slices.IndexFunc(found, func(p connector.SchedulePart) bool { return p.Place == part.Place })
		if i < 0 || !w.same(part, found[i]) {
			places = append(places, part.Place)
		}
	}
	return places
}

// Install implements connector.Schedules. Of two ways only one stays, or else the program would be called twice.
func (s *Scheduler) Install(ctx context.Context, plan connector.SchedulePlan) error {
	for _, w := range s.ways() {
		if w.kind() != plan.Kind {
			continue
		}
		if err := w.install(ctx, plan); err != nil {
			return err
		}
		return s.removeBut(ctx, plan.Kind)
	}
	return connector.ErrNoScheduler
}

// Remove implements connector.Schedules.
func (s *Scheduler) Remove(ctx context.Context) error {
	return s.removeBut(ctx, connector.ScheduleNone)
}

func (s *Scheduler) removeBut(ctx context.Context, kept connector.ScheduleKind) error {
	var failed []error
	for _, w := range s.ways() {
		if w.kind() != kept {
			failed = append(failed, w.remove(ctx))
		}
	}
	return errors.Join(failed...)
}
