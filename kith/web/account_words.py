"""Words of allauth and Django that people here meet: named so that our catalog says them, in the tone of the other pages.

allauth's own Chinese is stiff and takes `code` for source code; a catalog of ours comes before those of apps.
"""

from django.utils.translation import gettext_noop as _

LABELS = (
    _("Email"),
    _("Email address"),
    _("Password"),
    _("Password (again)"),
    _("Current Password"),
    _("New Password"),
    _("New Password (again)"),
    _("Code"),
    _("Remember Me"),
    _("Forgot your password?"),
    _("Change Password"),
    _("Set Password"),
    _("Use your password"),
    _("Use a security key"),
)
FAULTS = (
    _("This account is currently inactive."),
    _("This email address is already associated with this account."),
    _("The email address and/or password you specified are not correct."),
    _("A user is already registered with this email address."),
    _("Please type your current password."),
    _("Incorrect code."),
    _("Incorrect password."),
    _("Invalid or expired key."),
    _("Invalid login."),
    _("The password reset token was invalid."),
    _("You cannot add more than %d email addresses."),
    _("Too many failed login attempts. Try again later."),
    _("Your primary email address must be verified."),
    _("The new value must be different from the current one."),
    _("Be patient, you are sending too many requests."),
    _("You must type the same password each time."),
    _("You cannot remove your primary email address (%(email)s)."),
    _("Unable to confirm %(email)s because it is already confirmed by a different account."),
)
FIELDS = (
    _("Enter a valid email address."),
    _("This field is required."),
    _("This password is too common."),
    _("The two password fields didn’t match."),
)
NEWS = (
    _("Confirmation email sent to %(email)s."),
    _("You have confirmed %(email)s."),
    _("Removed email address %(email)s."),
    _("Primary email address set."),
    _("Password successfully changed."),
    _("Password successfully set."),
    _("Security key added."),
    _("Security key removed."),
    _("You are already logged in as %(user_display)s."),
    _("Account Inactive"),
    _("This account is inactive."),
)
MAILS = (
    _("Sign-In Code"),
    _("Your sign-in code is listed below. Please enter it in your open browser window."),
    _("This mail can be safely ignored if you did not initiate this action."),
    _("Please Confirm Your Email Address"),
    _(
        "You're receiving this email because user %(user_display)s has given your email address to register an account"
        " on %(site_domain)s."
    ),
    _("Your email verification code is listed below. Please enter it in your open browser window."),
    _("To confirm this is correct, go to %(activate_url)s"),
    _("Password Reset Email"),
    _(
        "You're receiving this email because you or someone else has requested a password reset for your user account."
        "\nIt can be safely ignored if you did not request a password reset. Click the link below to reset your"
        " password."
    ),
    _("Account Already Exists"),
    _(
        "You are receiving this email because you or someone else tried to signup for an\naccount using email address:"
        "\n\n%(email)s\n\nHowever, an account using that email address already exists.  In case you have\nforgotten"
        " about this, please use the password forgotten procedure to recover\nyour account:\n\n%(password_reset_url)s"
    ),
    _("Unknown Account"),
    _(
        "You are receiving this email because you, or someone else, tried to access an account with email %(email)s."
        " However, we do not have any record of such an account in our database."
    ),
    _("If it was you, you can sign up for an account using the link below."),
)
