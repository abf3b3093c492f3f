package main

import (
	"context"
	"os"
	"path/filepath"
	"strings"

	"partner-center-connector/cli"
	"partner-center-connector/rehearsal"
)

// serve serves the practice cloud until ctx ends, and removes the files that describe it.
func serve(ctx context.Context, o cli.ServeOptions, ready func(cli.RehearsalFacts)) error {
	cloud, err := rehearsal.Start(ctx, rehearsal.Options{Scenario: o.Scenario, Auto: o.Auto, Text: o.Text})
	if err != nil {
		return err
	}
	defer func() { _ = cloud.Close() }()
	files, err := filesOf(o.CloudsFile)
	if err != nil {
		return err
	}
	defer files.remove()
	if err := cloud.WriteCloudsFile(files.clouds); err != nil {
		return err
	}
	facts := cloud.Facts()
	if err := os.WriteFile(files.certificate, []byte(facts.Certificate), privateFile); err != nil {
		return err
	}
	ready(factsOf(facts, files))
	<-ctx.Done()
	return cloud.Close()
}

const privateFile = 0o600

// files are what a rehearsal writes: the clouds file, the CA beside it, and the practice certificate.
type files struct{ clouds, ca, certificate string }

func filesOf(path string) (files, error) {
	path, err := filepath.Abs(path)
	base := strings.TrimSuffix(path, filepath.Ext(path))
	return files{path, base + ".pem", base + ".certificate.pem"}, err
}

func (f files) remove() {
	for _, path := range []string{f.clouds, f.ca, f.certificate} {
		_ = os.Remove(path)
	}
}

func factsOf(f rehearsal.Facts, written files) cli.RehearsalFacts {
	ids := []cli.NamedValue{
		{Name: "public", Value: f.Clients.Public},
		{Name: "secret", Value: f.Clients.Secret},
		{Name: "certificate", Value: f.Clients.Certificate},
	}
	facts := cli.RehearsalFacts{
		CloudsFile: written.clouds, Domain: f.Domain, TenantID: f.TenantID, ClientKind: f.ClientKind, RedirectURI: f.RedirectURIs[0],
		Scenario: f.Scenario, User: f.IntegrationUPN, AdminSigns: f.AdminSigns, UserSigns: f.UserSigns, WithGroups: f.WithGroups, ClientIDs: ids,
		ClientSecret: f.ClientSecret, CertificateFile: written.certificate,
	}
	for _, id := range ids {
		if id.Name == f.ClientKind {
			facts.ClientID = id.Value
		}
	}
	for _, p := range f.People {
		facts.People = append(facts.People, cli.RehearsalPerson{Role: p.Role, UPN: p.UPN})
	}
	return facts
}

func scenarios() []cli.RehearsalScenario {
	all := []cli.RehearsalScenario{}
	for _, s := range rehearsal.Scenarios() {
		one := cli.RehearsalScenario{Name: s.Name, Key: s.Text, Place: string(s.Shows), Kind: s.Kind, Code: s.Code}
		if s.Shows == rehearsal.PlaceNone {
			one.Place = "none"
		}
		all = append(all, one)
	}
	return all
}
