import Estimation
import Records

extension ReportRate {
    /// Wilson's interval of 95 %: how far the rate can lie from that of the work which made the data. `nil` of nothing.
    package var interval: ClosedRange<Double>? {
        rate.whole > 0 ? ErrorRate(errors: rate.part, size: rate.whole).interval : nil
    }

    /// `95.0–97.1`, in percent.
    var intervalText: String {
        interval.map { percentDigits($0.lowerBound) + "–" + percentDigits($0.upperBound) } ?? "–"
    }

    /// `+0.4`, in percentage points; empty where it is not known.
    var changeText: String {
        change.map { change in
            let text = decimal(abs(change), 1)
            return text == "0.0" ? "±0.0" : (change > 0 ? "+" : "−") + text
        } ?? ""
    }
}
