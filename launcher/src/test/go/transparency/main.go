// Verifies the audit log with the libraries that check Go's modules: golang.org/x/mod/sumdb/note and tlog.
// Reads questions from standard input and prints for each "" or what is wrong.
package main

import (
	"bytes"
	"crypto/ed25519"
	"crypto/sha256"
	"encoding/base64"
	"encoding/binary"
	"encoding/json"
	"fmt"
	"os"
	"strconv"
	"strings"

	"golang.org/x/mod/sumdb/note"
	"golang.org/x/mod/sumdb/tlog"
)

type question struct {
	Key   string `json:"key"`
	Entry string `json:"entry"`
	Proof string `json:"proof"`
	// Older is a signed checkpoint that the one of the proof has to extend, as Consistency shows; empty for none.
	Older       string   `json:"older"`
	Consistency []string `json:"consistency"`
	// Witness is the key of who must have cosigned the checkpoint of the proof; empty for nobody.
	Witness string `json:"witness"`
}

// cosigner verifies cosignatures (c2sp.org/tlog-cosignature, Ed25519), which the library knows nothing of.
type cosigner struct {
	name string
	hash uint32
	key  ed25519.PublicKey
}

func newCosigner(vkey string) (*cosigner, error) {
	parts := strings.SplitN(vkey, "+", 3)
	if len(parts) != 3 {
		return nil, fmt.Errorf("no key of a witness: %q", vkey)
	}
	key, err := base64.StdEncoding.DecodeString(parts[2])
	if err != nil || len(key) != 33 || key[0] != 4 {
		return nil, fmt.Errorf("no key of a witness: %q", vkey)
	}
	sum := sha256.Sum256(append([]byte(parts[0]+"\n"), key...))
	hash := binary.BigEndian.Uint32(sum[:4])
	if fmt.Sprintf("%08x", hash) != parts[1] {
		return nil, fmt.Errorf("the id of the witness is %08x: %q", hash, vkey)
	}
	return &cosigner{parts[0], hash, key[1:]}, nil
}

func (c *cosigner) Name() string    { return c.name }
func (c *cosigner) KeyHash() uint32 { return c.hash }
func (c *cosigner) Verify(msg, sig []byte) bool {
	if len(sig) != 8+ed25519.SignatureSize {
		return false
	}
	signed := fmt.Sprintf("cosignature/v1\ntime %d\n%s", binary.BigEndian.Uint64(sig), msg)
	return ed25519.Verify(c.key, []byte(signed), sig[8:])
}

// cosigned is nil when the witness has cosigned the checkpoint.
func cosigned(text string, vkey string) error {
	witness, err := newCosigner(vkey)
	if err != nil {
		return err
	}
	_, err = note.Open([]byte(text), note.VerifierList(witness))
	return err
}

func main() {
	var questions []question
	if err := json.NewDecoder(os.Stdin).Decode(&questions); err != nil {
		panic(err)
	}
	answers := []string{}
	for _, q := range questions {
		if err := verify(q); err != nil {
			answers = append(answers, err.Error())
		} else {
			answers = append(answers, "")
		}
	}
	json.NewEncoder(os.Stdout).Encode(answers)
}

func verify(q question) error {
	verifier, err := note.NewVerifier(q.Key)
	if err != nil {
		return err
	}
	head, signed, found := strings.Cut(q.Proof, "\n\n")
	if !found {
		return fmt.Errorf("no empty line in the proof")
	}
	lines := strings.Split(head, "\n")
	if lines[0] != "c2sp.org/tlog-proof@v1" {
		return fmt.Errorf("the proof begins with %q", lines[0])
	}
	index, err := strconv.ParseInt(strings.TrimPrefix(lines[1], "index "), 10, 64)
	if err != nil {
		return err
	}
	proof, err := hashes(lines[2:])
	if err != nil {
		return err
	}
	size, root, err := checkpoint(signed, verifier)
	if err != nil {
		return err
	}
	if err := tlog.CheckRecord(proof, size, root, index, tlog.RecordHash([]byte(q.Entry))); err != nil {
		return err
	}
	if q.Witness != "" {
		if err := cosigned(signed, q.Witness); err != nil {
			return err
		}
	}
	if q.Older == "" {
		return nil
	}
	olderSize, olderRoot, err := checkpoint(q.Older, verifier)
	if err != nil {
		return err
	}
	consistency, err := hashes(q.Consistency)
	if err != nil {
		return err
	}
	return tlog.CheckTree(consistency, size, root, olderSize, olderRoot)
}

func checkpoint(text string, verifier note.Verifier) (int64, tlog.Hash, error) {
	opened, err := note.Open([]byte(text), note.VerifierList(verifier))
	if err != nil {
		return 0, tlog.Hash{}, err
	}
	lines := bytes.Split([]byte(opened.Text), []byte("\n"))
	if string(lines[0]) != verifier.Name() {
		return 0, tlog.Hash{}, fmt.Errorf("origin %q", lines[0])
	}
	size, err := strconv.ParseInt(string(lines[1]), 10, 64)
	if err != nil {
		return 0, tlog.Hash{}, err
	}
	root, err := tlog.ParseHash(string(lines[2]))
	return size, root, err
}

func hashes(lines []string) ([]tlog.Hash, error) {
	var all []tlog.Hash
	for _, line := range lines {
		bytes, err := base64.StdEncoding.DecodeString(line)
		if err != nil || len(bytes) != tlog.HashSize {
			return nil, fmt.Errorf("no hash: %q", line)
		}
		var hash tlog.Hash
		copy(hash[:], bytes)
		all = append(all, hash)
	}
	return all, nil
}
