-- vaults over lending markets and over validators: behaviour, errors and edges
\x on

-- a gain that comes in at 0.001 % a second, a loss that comes in at once
SELECT * FROM morpho_vault_accrue(1000000, 1000000, 1200000, 10, 1e13, 1e17, 0);
SELECT * FROM morpho_vault_accrue(1000000, 1000000, 900000, 10, 1e13, 1e17, 1e13);
SELECT * FROM morpho_vault_accrue(0, 0, 5, 10, 1e13, 1e17, 0, 1e12);
SELECT * FROM metamorpho_accrue(900000, 1000000, 0, 1000000, 1e17);
SELECT * FROM metamorpho_accrue(900000, 1000000, 0, 1000000, 1e17, version => 'v1');
SELECT * FROM metamorpho_accrue(1100000, 1000000, 0, 1000000, 1e17, 12);
-- healthy; unhealthy; bad debt; nothing
SELECT * FROM lido_vault(1000e18, 700e18, 750e18, 1e18, 2000, 1800, 12e24, 10e24, 2e18, 0, 1000e18, 300e18);
SELECT * FROM lido_vault(1000e18, 750e18, 750e18, 1e18, 2000, 1000, 12e24, 10e24, 2e17, 0, 1000e18, 100e18);
SELECT * FROM lido_vault(1000e18, 900e18, 900e18, 1e18, 2000, 1800, 12e24, 10e24, 2e18, 100e18, 1000e18, 300e18);
SELECT * FROM lido_vault(0, 0, 0, 0, 2000, 1800, 12e24, 10e24);
SELECT * FROM lido_vault_fees(1000e18, 500e18, 600e18, 0.031, 86400, 100, 650, 0);
SELECT * FROM lido_vault_fees(1, 1, 0, 1e-36, 1, 1, 0, 10000);
SELECT lido_vault_carry(0.03, 0.9, 0.028, 0.05, 0.01, 0.065, 0.031);
\x off

-- NULL in any argument but a limit or a balance
SELECT morpho_vault_accrue(NULL, 1, 1, 1, 1, 1, 1), metamorpho_accrue(1, NULL, 1, 1, 1), lido_vault(1, 1, 1, 1, 1, 1, 1, 1, NULL), lido_vault_fees(1, 1, 1, NULL, 1, 1, 1, 1);

-- what no vault has
SELECT morpho_vault_accrue(-1, 1, 1, 1, 1, 1, 1);
SELECT morpho_vault_accrue(1.5, 1, 1, 1, 1, 1, 1);
SELECT morpho_vault_accrue(1000, 1, 1000, 1, 1, 1, 2e18);
SELECT morpho_vault_accrue(2::numeric ^ 255, 1, 1, 2, 2::numeric ^ 200, 1, 1);
SELECT metamorpho_accrue(1, 1, 2, 1, 1);
SELECT metamorpho_accrue(1, 1, 1, 1, 1, 78);
SELECT metamorpho_accrue(1, 1, 1, 1, 1, version => 'v2');
SELECT lido_vault(1, 1, 1, 1, 10001, 1, 1, 1);
SELECT lido_vault(1, 1, 1, 1, 10000, 1, 1, 1);
SELECT lido_vault(1, 1, 1, 1, 1, 1, 1, 0);
SELECT lido_vault(1000e18, 750e18, 750e18, 1e18, 1000, 2000, 12e24, 10e24);
SELECT lido_vault(1, 340282366920938463463374607431768211456, 1, 1, 1, 1, 1, 1);
SELECT lido_vault(1, 1, 1, 1, 1, 1, 1, 1, share_limit => -1);
SELECT lido_vault_fees(1, 1, 1, 'NaN', 1, 1, 1, 1);
SELECT lido_vault_fees(1, 1, 1, 1e-37, 1, 1, 1, 1);
SELECT lido_vault_fees(1, 1, 1, 0.03, 1, 1, 1, 1, 0);
SELECT lido_vault_fees(1, 1, 1, 0.03, 1, 1, 1, 1, 'NaN');
SELECT lido_vault_fees(2::numeric ^ 250, 1, 1, 0.03, 86400, 1, 1, 1);
SELECT lido_vault_carry(0.03, 1.5, 0.028, 0.05, 0.01, 0.065, 0.031);
SELECT lido_vault_carry('NaN', 0.5, 0.028, 0.05, 0.01, 0.065, 0.031);
