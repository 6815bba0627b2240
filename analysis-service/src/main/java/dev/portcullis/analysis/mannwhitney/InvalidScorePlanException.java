package dev.portcullis.analysis.mannwhitney;

/** A score plan, or metrics to be judged by it, with a value that has no meaning. */
public final class InvalidScorePlanException extends IllegalArgumentException {
    private static final long serialVersionUID = 1L;

    private final String field;

    /**
     * A fault of one field.
     *
     * @param field path of the field in snake_case, for instance {@code effect.allowed_increase}
     * @param value what it holds
     * @param legal what it may hold, to follow the words "must be"
     */
    InvalidScorePlanException(String field, Object value, String legal) {
        super(field + " is " + value + ", must be " + legal);
        this.field = field;
    }

    /** Refuses a number outside [lowest, highest]; NaN is in no range. */
    static void requireBetween(String field, double value, double lowest, double highest) {
        if (!(value >= lowest && value <= highest)) {
            throw new InvalidScorePlanException(field, value, "in [" + lowest + ", " + highest + "]");
        }
    }

    /** Path of the field at fault. */
    public String field() {
        return field;
    }
}
