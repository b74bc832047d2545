#include "cart.h"
#include "codec.h"
#include "trytonthings.h"

namespace Counterfoil {

namespace {

constexpr const char *cartFields[] = {"party", "body"};

// The body is what we wrote; the key and the account are Tryton's.
void makeCart(const TrytonRow &row, const TrytonLookups &lookups, std::vector<AnyRecord> &records)
{
    const std::string body = row.text("body");
    const auto read = decode<Cart>(body);
    if (!read) {
        row.complain("body");
        return;
    }
    const auto cart = std::make_shared<Cart>(*read);
    cart->key = trytonKey("", row.id());
    cart->account = trytonKey("", row.integer("party"));
    cart->currency = lookups.company.currency;
    records.emplace_back(cart);
}

constexpr TrytonThing::Kind cartKinds[] = {{&Cart::type, ""}};

} // namespace

const TrytonThing trytonCart{"counterfoil.cart", "counterfoil.cart", cartFields, "[]", cartKinds, makeCart};

} // namespace Counterfoil
