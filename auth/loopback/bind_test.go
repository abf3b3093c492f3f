package loopback

import (
	"context"
	"errors"
	"net"
	"strings"
	"syscall"
	"testing"
	"time"

	"partner-center-connector/auth"
)

// listenScript answers for ::1 with errs, one after another, and then really binds.
func listenScript(errs ...error) (listen loopbackListen, opened *[]net.Listener) {
	opened = new([]net.Listener)
	return func(ctx context.Context, network, address string) (net.Listener, error) {
		if network == "tcp6" && len(errs) > 0 {
			err := errs[0]
			errs = errs[1:]
			if err != nil {
				return nil, &net.OpError{Op: "listen", Err: err}
			}
		}
		l, err := listenLoopback(ctx, network, address)
		if err == nil {
			*opened = append(*opened, l)
		}
		return l, err
	}, opened
}

func repeat(err error, n int) []error {
	errs := make([]error, n)
	for i := range errs {
		errs[i] = err
	}
	return errs
}

func TestBindLoopback(t *testing.T) {
	missing := net.UnknownNetworkError("tcp6")
	for _, c := range []struct {
		name     string
		errs     []error
		families int
		opened   int
	}{
		{"both", nil, 2, 2},
		{"clash once", repeat(syscall.EADDRINUSE, 1), 2, 3},
		{"clash nearly always", repeat(syscall.EADDRINUSE, 19), 2, 21},
		{"clash always", repeat(syscall.EADDRINUSE, 20), 0, 20},
		{"refused always", repeat(missing, 20), 0, 20},
	} {
		t.Run(c.name, func(t *testing.T) {
			if !hasIPv6(t) {
				t.Skip("this computer has no ::1")
			}
			listen, opened := listenScript(c.errs...)
			listeners, port, err := bindLoopback(context.Background(), listen)
			defer closeListeners(listeners)
			if len(listeners) != c.families || len(*opened) != c.opened || (err == nil) != (c.families > 0) {
				t.Fatalf("%d families after %d binds, %v", len(listeners), len(*opened), err)
			}
			for _, l := range listeners {
				address, ok := l.Addr().(*net.TCPAddr)
				if !ok || address.Port != port || !address.IP.IsLoopback() {
					t.Errorf("bound %v, port %d", l.Addr(), port)
				}
			}
			for _, l := range (*opened)[:len(*opened)-len(listeners)] {
				if _, err := l.Accept(); !errors.Is(err, net.ErrClosed) {
					t.Error("a listener of a failed try is still open")
				}
			}
		})
	}
}

// TestBindLoopbackWhereThePortIsTaken lets another program really take the port of 127.0.0.1 on ::1: then no browser may be sent to
// that port, whichever address it tries first.
func TestBindLoopbackWhereThePortIsTaken(t *testing.T) {
	for _, host := range []string{"::1", "::"} {
		t.Run(host, func(t *testing.T) {
			if !hasIPv6(t) {
				t.Skip("this computer has no ::1")
			}
			var other net.Listener
			listeners, port, err := bindLoopback(context.Background(), func(ctx context.Context, network, address string) (net.Listener, error) {
				if network == "tcp6" && other == nil {
					_, port, _ := net.SplitHostPort(address)
					var err error
					if other, err = new(net.ListenConfig).Listen(ctx, network, net.JoinHostPort(host, port)); err != nil {
						t.Fatal(err)
					}
				}
				return listenLoopback(ctx, network, address)
			})
			defer closeListeners(append(listeners, other))
			if err != nil || len(listeners) != 2 {
				t.Fatalf("%d families, %v", len(listeners), err)
			}
			if taken, ok := other.Addr().(*net.TCPAddr); !ok || taken.Port == port {
				t.Errorf("bound port %d, which another program holds on %s", port, host)
			}
		})
	}
}

func TestBindFailureIsAListenerProblem(t *testing.T) {
	h := newListenerTest(t)
	h.listener.listen = func(context.Context, string, string) (net.Listener, error) { return nil, syscall.EACCES }
	_, err := h.listener.BeginUser(context.Background(), h.userRequest())
	if e := (*auth.Error)(nil); !errors.As(err, &e) || e.Stage != auth.StageUserConsent || !errors.Is(err, auth.ErrListener) || !errors.Is(err, syscall.EACCES) {
		t.Errorf("%v", err)
	}
}

// TestConnectionLimit fills every slot with connections that say nothing; one more is served when one of them goes.
func TestConnectionLimit(t *testing.T) {
	h := newListenerTest(t)
	h.listener.limits.connections = 4
	a := h.beginUser(h.userRequest())
	v := h.visitor()
	var silent []net.Conn
	for range 4 {
		c, err := net.DialTimeout("tcp4", strings.TrimPrefix(strings.Replace(a.origin, "localhost", "127.0.0.1", 1), "http://"), time.Second)
		if err != nil {
			t.Fatal(err)
		}
		silent = append(silent, c)
	}
	answered := make(chan string, 1)
	go func() { answered <- v.start(a).Get("state") }()
	for _, c := range silent {
		_ = c.Close()
	}
	select {
	case <-answered:
	case <-time.After(4 * time.Second):
		t.Error("not served although the others have gone")
	}
}
