package dev.portcullis.kit.configuration;

public final class ConfigurationException extends RuntimeException {
    public ConfigurationException(String m) {
        super(m);
    }
}
