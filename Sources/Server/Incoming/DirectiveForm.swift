// What the head wrote and ticked.
import Domain
import Pages

struct DirectiveForm {
    let directive: DirectiveText

    init(_ form: Form) throws(Refused) {
        var reasons: [Refusal] = []
        func deadline(_ name: String) -> OfficeDate? {
            guard form.isSet(name) else { return nil }
            let date = OfficeDate(typed: form.text(name))
            if date == nil { reasons.append(.malformed(.deadline)) }
            return date
        }
        let lead = ID<Position>(form.text(FormFields.lead))
        let leadDeadline = deadline(FormFields.leadDeadline)
        func assignees(_ name: String) -> [Assignee] {
            form.list(name).compactMap { ID<Position>($0) }.map { position in
                Assignee(
                    position, by: deadline(FormFields.deadline(of: position.description)) ?? leadDeadline)
            }
        }
        directive = DirectiveText(
            text: form.text(FormFields.directive), lead: lead.map { Assignee($0, by: leadDeadline) },
            cooperating: assignees(FormFields.cooperate), informed: assignees(FormFields.inform))
        try Refused.unless(reasons)
    }
}
