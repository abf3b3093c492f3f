package auth

import "encoding/json"

// AppSecrets takes the client secret or the certificate out of a saved credential, for a renewal with the same app
// registration. Its error is an *Error with Cause ErrCredentialDamaged.
func (s *Service) AppSecrets(credential Secret) (secret, certificate Secret, err error) {
	var saved savedCredential
	if json.Unmarshal([]byte(credential.Reveal()), &saved) != nil || saved.Version < 1 {
		return Secret{}, Secret{}, &Error{Stage: StageRedeem, Cause: ErrCredentialDamaged}
	}
	return NewSecret(saved.Secret), NewSecret(saved.Certificate), nil
}
