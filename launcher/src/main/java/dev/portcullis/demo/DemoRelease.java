package dev.portcullis.demo;

/**
 * One attempt to bring a version to the shop's customers.
 *
 * @param revision counts the releases of the shop; the stable version it opened with was 1
 */
record DemoRelease(int revision, Version canary, Version stable) {}
