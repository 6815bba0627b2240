package dev.portcullis.gate.release;

import java.util.Optional;

/** Which releases to list; an empty part lets all through. */
public record ReleaseFilter(Optional<String> service, Optional<ReleaseState> state, Optional<IdRange> ids) {}
