"""The screens: each draws one page from what the services of ``crm`` answer."""
