// Package floor makes the calls of modules that both programs make, and nothing of ours, so that test-dist-sizes.sh can compare
// programs with what their modules weigh.
package floor

import (
	"context"
	"crypto/tls"
	"crypto/x509"
	"encoding/json"
	"encoding/xml"
	"io"
	"log/slog"
	"net/http"
	"net/url"
	"os"
	"os/exec"
	"os/signal"
	"regexp"
	"strings"
	"time"

	"github.com/Azure/azure-sdk-for-go/sdk/azcore"
	"github.com/Azure/azure-sdk-for-go/sdk/azidentity"
	"github.com/Azure/azure-sdk-for-go/sdk/security/keyvault/azsecrets"
	"github.com/AzureAD/microsoft-authentication-library-for-go/apps/confidential"
	"github.com/AzureAD/microsoft-authentication-library-for-go/apps/public"
	"github.com/fsnotify/fsnotify"
	"github.com/gofrs/flock"
	"github.com/micromdm/plist"
	"github.com/pelletier/go-toml/v2"
	"github.com/zalando/go-keyring"
	"golang.org/x/net/html"
	"golang.org/x/net/http/httpproxy"
	"golang.org/x/net/idna"
	"golang.org/x/net/publicsuffix"
	"golang.org/x/text/cases"
	"golang.org/x/text/encoding/unicode"
	"golang.org/x/text/language"
	"golang.org/x/text/transform"
	"golang.org/x/text/unicode/norm"
)

// Use makes the calls, one after the other, until one fails.
func Use(ctx context.Context, word string) error {
	ctx, stop := signal.NotifyContext(ctx, os.Interrupt)
	defer stop()
	for _, use := range []func(context.Context, string) error{signIn, signInAsApp, keepInVault, keepInKeychain, read, keepFile, serve, spell, browse} {
		if err := use(ctx, word); err != nil {
			slog.New(slog.NewJSONHandler(os.Stderr, nil)).Error("not used", "err", err)
			return err
		}
	}
	return nil
}

func signIn(ctx context.Context, word string) error {
	client, err := public.New(word, public.WithAuthority(word))
	if err != nil {
		return err
	}
	if _, err := client.AcquireTokenByAuthCode(ctx, word, word, []string{word}, public.WithChallenge(word)); err != nil {
		return err
	}
	accounts, err := client.Accounts(ctx)
	if err != nil {
		return err
	}
	_, err = client.AcquireTokenSilent(ctx, []string{word}, public.WithSilentAccount(accounts[0]))
	return err
}

func signInAsApp(ctx context.Context, word string) error {
	certs, key, err := confidential.CertFromPEM([]byte(word), "")
	if err != nil {
		return err
	}
	proof, err := confidential.NewCredFromCert(certs, key)
	if err != nil {
		return err
	}
	client, err := confidential.New(word, word, proof)
	if err != nil {
		return err
	}
	if _, err := client.AcquireTokenByAuthCode(ctx, word, word, []string{word}); err != nil {
		return err
	}
	if _, err := client.AcquireTokenSilent(ctx, []string{word}); err != nil {
		return err
	}
	_, err = client.AcquireTokenByCredential(ctx, []string{word})
	return err
}

func keepInVault(ctx context.Context, word string) error {
	var who []azcore.TokenCredential
	if w, err := azidentity.NewWorkloadIdentityCredential(nil); err == nil {
		who = append(who, w)
	}
	if m, err := azidentity.NewManagedIdentityCredential(nil); err == nil {
		who = append(who, m)
	}
	if c, err := azidentity.NewAzureCLICredential(nil); err == nil {
		who = append(who, c)
	}
	vault, err := azsecrets.NewClient(word, who[0], nil)
	if err != nil {
		return err
	}
	if _, err := vault.GetSecret(ctx, word, "", nil); err != nil {
		return err
	}
	if _, err := vault.SetSecret(ctx, word, azsecrets.SetSecretParameters{Value: &word}, nil); err != nil {
		return err
	}
	if _, err := vault.UpdateSecretProperties(ctx, word, "", azsecrets.UpdateSecretPropertiesParameters{}, nil); err != nil {
		return err
	}
	_, err = vault.NewListSecretPropertiesVersionsPager(word, nil).NextPage(ctx)
	return err
}

func keepInKeychain(_ context.Context, word string) error {
	if err := keyring.Set(word, word, word); err != nil {
		return err
	}
	if _, err := keyring.Get(word, word); err != nil {
		return err
	}
	return keyring.Delete(word, word)
}

func read(_ context.Context, word string) error {
	var into map[string]any
	for _, unmarshal := range []func([]byte, any) error{toml.Unmarshal, plist.Unmarshal, json.Unmarshal, xml.Unmarshal} {
		if err := unmarshal([]byte(word), &into); err != nil {
			return err
		}
	}
	if _, err := toml.Marshal(into); err != nil {
		return err
	}
	_, err := html.Parse(strings.NewReader(regexp.MustCompile(word).ReplaceAllString(word, "")))
	return err
}

func keepFile(ctx context.Context, word string) error {
	if _, err := flock.New(word).TryLockContext(ctx, time.Second); err != nil {
		return err
	}
	w, err := fsnotify.NewWatcher()
	if err != nil {
		return err
	}
	return w.Add(word)
}

func serve(_ context.Context, word string) error {
	roots, err := x509.SystemCertPool()
	if err != nil {
		return err
	}
	proxy := httpproxy.FromEnvironment().ProxyFunc()
	client := http.Client{Transport: &http.Transport{
		Proxy:           func(r *http.Request) (*url.URL, error) { return proxy(r.URL) },
		TLSClientConfig: &tls.Config{RootCAs: roots, MinVersion: tls.VersionTLS12},
	}}
	answer, err := client.Get(word)
	if err != nil {
		return err
	}
	if _, err := io.Copy(os.Stdout, answer.Body); err != nil {
		return err
	}
	return (&http.Server{Addr: word, ReadHeaderTimeout: time.Second}).ListenAndServe()
}

func spell(_ context.Context, word string) error {
	word, err := idna.Lookup.ToASCII(word)
	if err != nil {
		return err
	}
	suffix, _ := publicsuffix.PublicSuffix(word)
	word, _, err = transform.String(unicode.UTF16(unicode.LittleEndian, unicode.UseBOM).NewEncoder(), norm.NFKC.String(cases.Fold().String(suffix)))
	if err != nil {
		return err
	}
	_, err = language.Parse(word)
	return err
}

func browse(ctx context.Context, word string) error { return exec.CommandContext(ctx, word).Run() }
