// How lasting a signature is made (ETSI EN 319 142-1): at the level of the settings, with a timestamp and the evidence
// of the certificates where that is B-T or more. When the timestamp authority or a responder does not answer, the
// settings say whether nothing is signed or a lower level is. Asks the network; never inside a transaction.
import BlobStorage
import Domain
import Foundation
import Logging
import PDFSignatures
import Store

struct LastingSignatures: Sendable {
    let office: Office

    /// The signed file and the level it really has.
    func sign(
        _ pdf: [UInt8], _ request: SigningRequest, with key: any SigningKey, wanted: SignatureLevel
    ) throws -> (bytes: [UInt8], level: SignatureLevel) {
        var levels = [wanted]
        if office.signing.withoutTimestamp == .signLower {
            levels += [SignatureLevel.timestamped, .basic].filter { $0 < wanted }
        }
        for level in levels {
            var request = request
            request.level = level
            do {
                let services = level == .basic ? nil : office.longTermServices
                return (try PAdES.sign(pdf, request, with: key, services: services), level)
            } catch let error as SigningError where error.saysRevoked {
                throw Refused(.certificateRevoked)
            } catch let error as SigningError where error.isOfEvidence {
                office.log.warning("signing at \(level.rawValue)", metadata: ["error": "\(error)"])
            }
        }
        throw Refused(.timestampUnavailable)
    }
}

extension Office {
    var longTermServices: LongTermServices {
        let clock = clock
        return LongTermServices(
            timestampAuthority: signing.timestamp.map { settings in
                TimestampAuthority(
                    url: settings.url,
                    credentials: settings.user.map {
                        TimestampAuthority.Credentials(user: $0, password: settings.password ?? "")
                    }, policy: settings.policy)
            }, exchange: web, roots: trust.certificates, clock: { clock.now.date })
    }
}

extension SigningError {
    /// An authority says that a certificate is not to be used any more; no level makes up for that.
    var saysRevoked: Bool {
        guard case .evidence(let problem) = self, case .revoked = problem.reason else { return false }
        return true
    }

    /// Somebody outside did not say what the level needs; the document and the key are sound.
    var isOfEvidence: Bool {
        switch self {
        case .timestamp, .evidence, .noTimestampAuthority: true
        default: false
        }
    }
}
