package main

import (
	"fmt"
	"net/http"
	"os"
)

// The tutorial's program; three replicas on one machine need three addresses, so this one asks the environment.
func main() {
	http.HandleFunc("/", func(w http.ResponseWriter, r *http.Request) {
		fmt.Fprintf(w, "Hello, World!")
	})

	address := os.Getenv("LISTEN_ADDRESS")
	if address == "" {
		address = ":8080"
	}

	http.ListenAndServe(address, nil)
}
