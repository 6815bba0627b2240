package dev.portcullis.analysis.judge;

/** The finite numbers that a field of a plan may hold. NaN is in no range. */
record LegalRange(double lowest, boolean lowestIncluded, double highest, boolean highestIncluded) {
    static LegalRange between(double lowest, double highest) {
        return new LegalRange(lowest, true, highest, true);
    }

    static LegalRange above(double lowest, double highest) {
        return new LegalRange(lowest, false, highest, true);
    }

    static LegalRange inside(double lowest, double highest) {
        return new LegalRange(lowest, false, highest, false);
    }

    void check(String field, double value) {
        if (!contains(value)) {
            throw new InvalidPlanException(field, value, "in " + this);
        }
    }

    void check(String field, int value) {
        if (!contains(value)) {
            throw new InvalidPlanException(field, value, "in [" + (int) lowest + ", " + (int) highest + "]");
        }
    }

    private boolean contains(double value) {
        boolean highEnough = lowestIncluded ? value >= lowest : value > lowest;
        boolean lowEnough = highestIncluded ? value <= highest : value < highest;
        return highEnough && lowEnough;
    }

    @Override
    public String toString() {
        return (lowestIncluded ? "[" : "(") + lowest + ", " + highest + (highestIncluded ? "]" : ")");
    }
}
