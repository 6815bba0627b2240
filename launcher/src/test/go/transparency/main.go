// Verifies the audit log with the libraries that check Go's modules: golang.org/x/mod/sumdb/note and tlog.
// Reads questions from standard input and prints for each "" or what is wrong.
package main

import (
	"bytes"
	"encoding/base64"
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
