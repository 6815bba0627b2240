package dev.portcullis.kit.configuration;

/** The numbers legal for a key: those between two bounds, each of which may be infinite. */
record Interval(double min, boolean minInclusive, double max, boolean maxInclusive) {
    boolean contains(double value) {
        boolean highEnough = minInclusive ? value >= min : value > min;
        boolean lowEnough = maxInclusive ? value <= max : value < max;
        return highEnough && lowEnough;
    }

    /** As told to people: {@code a number above 0 and below 1}. */
    @Override
    public String toString() {
        String lower = min == Double.NEGATIVE_INFINITY ? "" : (minInclusive ? " of at least " : " above ") + plain(min);
        String upper = max == Double.POSITIVE_INFINITY ? "" : (maxInclusive ? " of at most " : " below ") + plain(max);
        String and = lower.isEmpty() || upper.isEmpty() ? "" : " and";
        return "a number" + lower + and + upper;
    }

    private static String plain(double bound) {
        boolean whole = bound == Math.rint(bound) && Math.abs(bound) < 1e15;
        return whole ? Long.toString((long) bound) : Double.toString(bound);
    }
}
