package cli

import (
	"context"
	"os"
	"path/filepath"
	"strings"

	"partner-center-connector/rehearsal"
)

// servePractice serves a practice cloud until ctx ends, and removes the files that describe it. It calls ready once the cloud can be
// used.
func servePractice(ctx context.Context, o rehearsal.Options, cloudsFile string, ready func(rehearsal.Facts, practiceFiles)) error {
	cloud, err := rehearsal.Start(ctx, o)
	if err != nil {
		return err
	}
	defer func() { _ = cloud.Close() }()
	files, err := practiceFilesBeside(cloudsFile)
	if err != nil {
		return err
	}
	defer files.remove()
	if err := cloud.WriteCloudsFile(files.clouds); err != nil {
		return err
	}
	facts := cloud.Facts()
	for path, text := range map[string]string{files.certificate: facts.Certificate, files.workload: facts.Azure.WorkloadToken} {
		if err := os.WriteFile(path, []byte(text), privateFile); err != nil {
			return err
		}
	}
	ready(facts, files)
	<-ctx.Done()
	return cloud.Close()
}

const privateFile = 0o600

// practiceFiles are what a rehearsal writes: the clouds file, the CA beside it, the practice certificate with its key, as PEM, and the token by
// which a practice workload signs in to Azure.
type practiceFiles struct{ clouds, ca, certificate, workload string }

func practiceFilesBeside(cloudsFile string) (practiceFiles, error) {
	path, err := filepath.Abs(cloudsFile)
	base := strings.TrimSuffix(path, filepath.Ext(path))
	return practiceFiles{path, base + ".pem", base + ".certificate.pem", base + ".workload.token"}, err
}

func (f practiceFiles) remove() {
	for _, path := range []string{f.clouds, f.ca, f.certificate, f.workload} {
		_ = os.Remove(path)
	}
}
